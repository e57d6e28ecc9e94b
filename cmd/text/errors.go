package text

import "wxcloud/internal/clierr"

// entry gives an error or hint id its sentence. One file per room holds the
// room's entries: config.go, lint.go, upload.go and so on.
type entry struct {
	id clierr.ID
	Sentence
}

// Lookup returns the sentence of an error or hint id.
func Lookup(id clierr.ID) (Sentence, bool) {
	for _, room := range rooms() {
		for i := range room {
			if room[i].id == id {
				return room[i].Sentence, true
			}
		}
	}
	return Sentence{}, false
}

// rooms lists the tables. They are plain static data: a map would be built on
// every start-up, and this is only searched when something has gone wrong.
func rooms() [][]entry {
	return [][]entry{
		configErrors, jsErrors, lintErrors, permErrors, uploadErrors, devtoolsErrors,
		wxapiErrors, emulatorErrors, scaffoldErrors, leafErrors, commandErrors, deployErrors,
		explainErrors, probeErrors, doctorErrors,
	}
}
