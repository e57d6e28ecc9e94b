package emulator

import (
	"slices"
	"strings"
	"time"
)

// Observed is a cloud call that functions really made, whether or not it was
// permitted: the call that reading the code could not see included.
type Observed struct {
	API     string    `json:"api"`
	Calls   int       `json:"calls"`
	Refused int       `json:"refused"` // of them, with -604101
	FirstAt time.Time `json:"firstAt"` // on the local cloud's clock
	LastAt  time.Time `json:"lastAt"`
}

// The bounds of what is noted of a function, which may make up names.
const (
	maxObserved     = 1000
	maxObservedName = 200
)

// observe notes a cloud call of a function to an interface that exists, and
// reports whether it is the first. The caller holds mu.
func (s *state) observe(key, api string, allowed bool, now time.Time) (first bool) {
	if s.Observed == nil {
		s.Observed = map[string]map[string]*Observed{}
	}
	if s.Observed[key] == nil {
		s.Observed[key] = map[string]*Observed{}
	}
	o := s.Observed[key][api]
	if o == nil {
		if len(api) > maxObservedName || len(s.Observed[key]) >= maxObserved {
			return false // not the name of an interface, or not a program's calls
		}
		o = &Observed{API: api, FirstAt: now}
		s.Observed[key][api] = o
	}
	o.Calls++
	if !allowed {
		o.Refused++
	}
	o.LastAt = now
	return o.Calls == 1
}

// observed lists what a function called, by name. The caller holds mu.
func (s *state) observed(key string) []Observed {
	list := make([]Observed, 0, len(s.Observed[key]))
	for _, o := range s.Observed[key] {
		list = append(list, *o)
	}
	slices.SortFunc(list, func(a, b Observed) int { return strings.Compare(a.API, b.API) })
	return list
}
