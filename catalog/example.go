package catalog

import "embed"

//go:embed examples/*.js
var examples embed.FS

// Example returns a cloud function in JavaScript that calls the interface, and
// whether there is one: the most used interfaces have it.
func Example(name string) (string, bool) {
	data, err := examples.ReadFile("examples/" + name + ".js")
	if err != nil {
		return "", false
	}
	return string(data), true
}
