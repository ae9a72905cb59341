package words

import (
	"reflect"
	"testing"
)

func TestMarksAreNoWords(t *testing.T) {
	got := Top("b ! b ? a - a ... c", 3)
	if want := []Count{{"a", 2}, {"b", 2}, {"-", 1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
