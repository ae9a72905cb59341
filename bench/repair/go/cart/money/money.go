// Package money counts in whole cents.
package money

import "fmt"

// Cents is an amount.
type Cents int64

// Percent is a share of an amount, half a cent up.
func (c Cents) Percent(percent int64) Cents {
	return Cents((int64(c)*percent + 50) / 100)
}

func (c Cents) String() string {
	return fmt.Sprintf("%d.%02d", int64(c)/100, int64(c)%100)
}
