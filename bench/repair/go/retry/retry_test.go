package retry

import (
	"errors"
	"testing"
	"time"
)

func TestGivesUp(t *testing.T) {
	sleeps := 0
	result, err := Do(3, func() error { return errors.New("no") }, func(int) { sleeps++ })
	if err != ErrGivenUp || result.Tries != 3 {
		t.Errorf("got %d tries, want 3", result.Tries)
	}
	if sleeps != 2 {
		t.Errorf("got %d sleeps, want 2", sleeps)
	}
}

func TestFirstTry(t *testing.T) {
	result, err := Do(3, func() error { return nil }, func(int) { t.Error("slept") })
	if err != nil || result.Tries != 1 {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestWait(t *testing.T) {
	if got := Wait(3, time.Second, time.Minute); got != 4*time.Second {
		t.Errorf("got %v, want 4s", got)
	}
}
