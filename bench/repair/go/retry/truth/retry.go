// Package retry tries something again until it works.
package retry

import (
	"errors"
	"time"
)

// ErrGivenUp wraps nothing: the last error is kept in Result.
var ErrGivenUp = errors.New("given up")

// Result tells how it went.
type Result struct {
	Tries int
	Last  error
}

// Wait is how long to wait after a failed try, counted from one: doubled each time, at most max.
func Wait(try int, first, max time.Duration) time.Duration {
	wait := first
	for ; try > 1; try-- {
		wait *= 2
		if wait >= max {
			return max
		}
	}
	return wait
}

// Do calls work at most times, sleeping between tries and not after the last.
func Do(times int, work func() error, sleep func(try int)) (Result, error) {
	result := Result{}
	for try := 1; try <= times; try++ {
		result.Tries = try
		result.Last = work()
		if result.Last == nil {
			return result, nil
		}
		if try < times {
			sleep(try)
		}
	}
	return result, ErrGivenUp
}
