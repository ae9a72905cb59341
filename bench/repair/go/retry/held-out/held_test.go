package retry

import (
	"errors"
	"testing"
)

func TestLastTryMayWork(t *testing.T) {
	calls := 0
	work := func() error {
		calls++
		if calls < 4 {
			return errors.New("not yet")
		}
		return nil
	}
	result, err := Do(4, work, func(int) {})
	if err != nil || result.Tries != 4 || result.Last != nil {
		t.Errorf("got %+v, %v", result, err)
	}
}
