package ui

import "golang.org/x/sys/windows"

// interfaceLanguage is the first of the user's interface languages ("zh-CN").
func interfaceLanguage() string {
	languages, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(languages) == 0 {
		return ""
	}
	return languages[0]
}
