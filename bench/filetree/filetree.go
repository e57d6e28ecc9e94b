// Package filetree makes folders of many files as npm leaves them, the same for
// the same seed. It knows nothing of functions.
package filetree

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

const vocabulary = "const let return function exports module require value options callback error result index length " +
	"this prototype undefined null true false if else for while switch case break Object Array String Number push slice " +
	"map filter reduce assign keys concat join split replace test match async await Promise resolve reject emit on once"

// Write makes files of text like JavaScript below dir, of about so many bytes
// together, 50 to a package.
func Write(dir string, files, bytes int, seed uint64) error {
	random := rand.New(rand.NewPCG(seed, 1))
	words := strings.Fields(vocabulary)
	for i := range files {
		size := bytes / files * (1 + random.IntN(1999)) / 1000 // around the mean
		var text strings.Builder
		text.WriteString("'use strict'\n")
		for text.Len() < size {
			for range 3 + random.IntN(9) {
				text.WriteString(words[random.IntN(len(words))])
				if random.IntN(4) == 0 {
					fmt.Fprintf(&text, "_%x", random.IntN(1<<20))
				}
				text.WriteByte(" (.,"[random.IntN(4)])
			}
			text.WriteString(";\n")
		}
		path := filepath.Join(dir, fmt.Sprintf("package%03d", i/50), "lib", fmt.Sprintf("part%02d.js", i%50))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text.String()), 0o600); err != nil {
			return err
		}
	}
	return nil
}
