package cmd

// commandLine is a command to paste: with the flags that said which project
// and environment are meant.
func (a *app) commandLine(command string, env environment) string {
	line := "wxcloud " + command
	switch {
	case env.local():
		line += " --local"
	case env.Name != "":
		line += " --env " + shellQuote(env.Name)
	}
	if a.flags.root != "" {
		line += " --root " + shellQuote(a.flags.root)
	}
	if a.flags.appID != "" {
		line += " --appid " + shellQuote(a.flags.appID)
	}
	return line
}
