// Package words counts words of a text.
package words

import (
	"sort"
	"strings"
)

// Count is how often a word occurs.
type Count struct {
	Word  string
	Times int
}

// Top gives the most frequent words, those of equal count by the alphabet.
func Top(text string, most int) []Count {
	times := map[string]int{}
	for _, word := range strings.Fields(strings.ToLower(text)) {
		word = strings.Trim(word, ".,;:!?")
		if word != "" {
			times[word]++
		}
	}
	counts := make([]Count, 0, len(times))
	for word, n := range times {
		counts = append(counts, Count{word, n})
	}
	sort.Slice(counts, func(i, j int) bool {
		if counts[i].Times != counts[j].Times {
			return counts[i].Times > counts[j].Times
		}
		return counts[i].Word < counts[j].Word
	})
	return counts[:most]
}
