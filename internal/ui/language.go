package ui

// SystemLanguage is the language the user's system is set to, as the system
// writes it ("zh_CN.UTF-8", "en-US"), or "" when it does not say. Variables win,
// in the order POSIX gives them; Windows, which sets none, is asked for the
// language of its interface.
func SystemLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			return value
		}
	}
	return interfaceLanguage()
}
