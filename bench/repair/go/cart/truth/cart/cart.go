// Package cart adds up what is bought.
package cart

import "example.com/cart/money"

// Line is one article.
type Line struct {
	Name  string
	Price money.Cents
	Count int64
}

// Total is the sum with value added tax in percent.
func Total(lines []Line, vat int64) money.Cents {
	var net money.Cents
	for _, line := range lines {
		net += line.Price * money.Cents(line.Count)
	}
	return net + net.Percent(vat)
}

// Cheapest is the article that costs least; nil without any.
func Cheapest(lines []Line) *Line {
	var best *Line
	for at := range lines {
		if best == nil || lines[at].Price < best.Price {
			best = &lines[at]
		}
	}
	return best
}
