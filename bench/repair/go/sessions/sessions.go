// Package sessions remembers who signed in, for a while.
package sessions

import "time"

type session struct {
	user  string
	until time.Time
}

// Store keeps sessions by token.
type Store struct {
	life     time.Duration
	sessions map[string]session
}

// New makes a store whose sessions live so long.
func New(life time.Duration) *Store {
	return &Store{life: life, sessions: map[string]session{}}
}

// Begin remembers a user.
func (s *Store) Begin(token, user string, now time.Time) {
	s.sessions[token] = session{user: user, until: now.Add(s.life)}
}

// User is who holds a token that still counts; it does not count any more at the moment it ends.
func (s *Store) User(token string, now time.Time) (string, bool) {
	found, ok := s.sessions[token]
	if !ok || !now.Before(found.until) {
		return "", false
	}
	return found.user, true
}

// Sweep removes what has ended and tells how many.
func (s *Store) Sweep(now time.Time) int {
	removed := 0
	for token, one := range s.sessions {
		if now.Before(one.until) {
			delete(s.sessions, token)
			removed++
		}
	}
	return removed
}
