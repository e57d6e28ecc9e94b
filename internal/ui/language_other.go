//go:build !windows

package ui

// interfaceLanguage is empty: these systems say it in the environment.
func interfaceLanguage() string { return "" }
