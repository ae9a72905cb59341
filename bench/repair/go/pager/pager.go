// Package pager cuts lists into pages, which are counted from one.
package pager

// Page is one page of a list.
type Page struct {
	Items  []string
	Number int
	Count  int
	Next   int
}

// Of gives a page; a number beyond the ends is taken to the nearest page. Next is zero on the last one.
func Of(items []string, number, size int) Page {
	count := len(items) / size
	if count == 0 {
		count = 1
	}
	if number < 1 {
		number = 1
	}
	if number > count {
		number = count
	}
	start := (number - 1) * size
	end := start + size
	if end > len(items) {
		end = len(items)
	}
	page := Page{Items: items[start:end], Number: number, Count: count}
	if number < count {
		page.Next = number + 1
	}
	return page
}
