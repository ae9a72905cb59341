package words

import (
	"reflect"
	"testing"
)

func TestTop(t *testing.T) {
	got := Top("the cat, the dog; a cat and the end.", 2)
	if want := []Count{{"the", 3}, {"cat", 2}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFew(t *testing.T) {
	if got := Top("one", 5); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestNone(t *testing.T) {
	if got := Top(" . ", 5); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
