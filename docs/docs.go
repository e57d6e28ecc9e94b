// Package docs holds the pages and files of the documentation that the program
// itself shows. It knows nothing of what they are about.
package docs

import _ "embed"

//go:embed wxcloud.schema.json
var settingsSchema string

// SettingsSchema is the JSON Schema (draft-07) of wxcloud.json.
func SettingsSchema() string { return settingsSchema }
