package pager

import (
	"reflect"
	"testing"
)

var letters = []string{"a", "b", "c", "d", "e"}

func TestFirstPage(t *testing.T) {
	page := Of(letters, 1, 2)
	if !reflect.DeepEqual(page.Items, []string{"a", "b"}) || page.Next != 2 {
		t.Errorf("got %+v", page)
	}
}

func TestCount(t *testing.T) {
	if got := Of(letters, 1, 2).Count; got != 3 {
		t.Errorf("got %d, want 3", got)
	}
}

func TestNone(t *testing.T) {
	if page := Of(nil, 4, 2); len(page.Items) != 0 || page.Number != 1 {
		t.Errorf("got %+v", page)
	}
}
