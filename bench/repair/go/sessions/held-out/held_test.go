package sessions

import (
	"testing"
	"time"
)

func TestSweepTakesWhatEndsNow(t *testing.T) {
	store := New(time.Hour)
	store.Begin("a", "anna", noon.Add(-time.Hour))
	store.Begin("b", "ben", noon.Add(-time.Minute))
	if got := store.Sweep(noon); got != 1 {
		t.Errorf("got %d, want 1", got)
	}
	if _, ok := store.User("b", noon); !ok {
		t.Error("swept one that counts")
	}
}
