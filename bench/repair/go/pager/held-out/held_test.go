package pager

import "testing"

func TestEveryItemOnce(t *testing.T) {
	for size := 1; size <= 6; size++ {
		seen := ""
		for number := 1; number != 0; {
			page := Of(letters, number, size)
			for _, item := range page.Items {
				seen += item
			}
			number = page.Next
		}
		if seen != "abcde" {
			t.Errorf("size %d: got %q, want %q", size, seen, "abcde")
		}
	}
}
