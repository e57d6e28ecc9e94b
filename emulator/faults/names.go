package faults

import (
	"slices"
	"strings"

	"wxcloud/internal/suggest"
)

// Names are those a rule can be laid on.
type Names struct {
	// Deploys are the actions that deploy; the only ones that can be stuck or fail.
	Deploys []string
	// Targets are all the others: actions, addresses, interfaces.
	Targets []string
	// Functions are those that exist, here or on the local cloud.
	Functions []string
}

// Miss is a word of a rule that names nothing known.
type Miss struct {
	Word     string   `json:"word"`
	Function bool     `json:"function"` // it stands for a function and not for what fails
	Near     []string `json:"near"`     // what may have been meant
}

// Misses are the words of a rule that fit nothing known, so that it may never
// strike. A function may be deployed later, and interfaces are added to WeChat
// every month: that is for a person to judge.
func (n Names) Misses(r Rule) []Miss {
	misses := []Miss{}
	targets := slices.Concat(n.Deploys, n.Targets)
	if !slices.ContainsFunc(targets, func(name string) bool { return matches(r.On, name) }) {
		misses = append(misses, Miss{Word: r.On, Near: nearest(r.On, targets)})
	}
	if r.Function != "" && !slices.ContainsFunc(n.Functions, func(name string) bool { return matches(r.Function, name) }) {
		misses = append(misses, Miss{Word: r.Function, Function: true, Near: nearest(r.Function, n.Functions)})
	}
	return misses
}

// nearest never answers nil, for it goes into a document. An address may be meant
// by its last part.
func nearest(word string, names []string) []string {
	for _, name := range names {
		if strings.HasPrefix(name, "/") && matches("*/"+word, name) {
			return []string{name}
		}
	}
	return append([]string{}, suggest.Nearest(word, slices.Values(names), 1)...)
}

// Impossible reports whether the rule makes deploys fail and lies on what never deploys.
func (n Names) Impossible(r Rule) bool {
	return r.stage() == Deploying &&
		!slices.ContainsFunc(n.Deploys, func(name string) bool { return matches(r.On, name) }) &&
		slices.ContainsFunc(n.Targets, func(name string) bool { return matches(r.On, name) })
}
