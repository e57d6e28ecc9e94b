package config

// The keys wxcloud.json may have, in the order a person is told them. The
// published schema has the same; a test compares them.
var (
	settingsKeys    = [...]string{"$schema", "appid", "root", "source", "exclude", "copy", "environments", "defaults", "functions", "lint"}
	copyKeys        = [...]string{"from", "to", "functions"}
	environmentKeys = [...]string{"id", "protected", "defaults", "functions"}
	// What is said of all functions cannot be about one alone.
	defaultsKeys = [...]string{"runtime", "memory", "timeout", "variables", "ignore", "keep"}
	functionKeys = [...]string{"runtime", "memory", "timeout", "variables", "triggers", "copy", "ignore", "keep", "check"}
	// What is copied is the same everywhere, because lint follows it and knows no
	// environment.
	overrideKeys     = [...]string{"runtime", "memory", "timeout", "variables", "triggers", "ignore", "keep", "check"}
	functionCopyKeys = [...]string{"from", "to"}
	triggerKeys      = [...]string{"name", "type", "config"}
	lintKeys         = [...]string{"rules", "ignore", "baseline"}
	lintIgnoreKeys   = [...]string{"rule", "function", "api", "reason"}
)
