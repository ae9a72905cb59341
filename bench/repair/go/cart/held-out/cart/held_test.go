package cart

import "testing"

func TestCheapestOfOne(t *testing.T) {
	if best := Cheapest([]Line{{"pot", 500, 1}}); best == nil || best.Name != "pot" {
		t.Errorf("got %v", best)
	}
	lines := []Line{{"a", 3, 1}, {"b", 3, 1}, {"c", 1, 1}}
	if best := Cheapest(lines); best != &lines[2] {
		t.Errorf("got %v", best)
	}
}
