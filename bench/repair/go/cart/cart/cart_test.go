package cart

import "testing"

func TestTotal(t *testing.T) {
	got := Total([]Line{{"mug", 1999, 3}}, 20).String()
	if got != "71.96" {
		t.Errorf("got %s, want 71.96", got)
	}
}

func TestCheapest(t *testing.T) {
	best := Cheapest([]Line{{"pot", 500, 1}, {"mug", 300, 1}, {"pan", 900, 1}})
	if best.Name != "mug" {
		t.Errorf("got %s, want mug", best.Name)
	}
}

func TestNothing(t *testing.T) {
	if got := Total(nil, 20); got != 0 {
		t.Errorf("got %v, want 0", got)
	}
}

func TestCheapestOfNone(t *testing.T) {
	if Cheapest(nil) != nil {
		t.Error("found one")
	}
}
