package sessions

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestUser(t *testing.T) {
	store := New(time.Hour)
	store.Begin("t", "anna", noon)
	if user, ok := store.User("t", noon.Add(59*time.Minute)); !ok || user != "anna" {
		t.Errorf("got %q", user)
	}
	if _, ok := store.User("x", noon); ok {
		t.Error("found a stranger")
	}
}

func TestSweep(t *testing.T) {
	store := New(time.Hour)
	store.Begin("old", "anna", noon.Add(-2*time.Hour))
	store.Begin("new", "ben", noon)
	if got := store.Sweep(noon); got != 1 {
		t.Errorf("got %d, want 1", got)
	}
	if _, ok := store.User("new", noon); !ok {
		t.Error("swept one that counts")
	}
}
