package ui

import "github.com/fatih/color"

// Theme is how text may look on one stream. Its methods return the text
// unchanged where colour is off, and no meaning is carried by colour alone: the
// symbols say the same without it. The zero Theme is plain ASCII.
type Theme struct{ color, unicode bool }

// Color reports whether colour is on.
func (t Theme) Color() bool { return t.color }

// Bold is for titles and for the one thing to look at.
func (t Theme) Bold(s string) string { return t.paint(color.Bold, s) }

// Dim is for what may be skipped.
func (t Theme) Dim(s string) string { return t.paint(color.Faint, s) }

// Red is for failures.
func (t Theme) Red(s string) string { return t.paint(color.FgRed, s) }

// Green is for what was verified.
func (t Theme) Green(s string) string { return t.paint(color.FgGreen, s) }

// Yellow is for warnings.
func (t Theme) Yellow(s string) string { return t.paint(color.FgYellow, s) }

// Cyan is for commands to type and names to copy.
func (t Theme) Cyan(s string) string { return t.paint(color.FgCyan, s) }

// Check marks success: a green ✓, or "ok".
func (t Theme) Check() string { return t.Green(t.symbol("✓", "ok")) }

// Cross marks failure: a red ✗, or "x".
func (t Theme) Cross() string { return t.Red(t.symbol("✗", "x")) }

// Warning marks what needs attention: a yellow "!".
func (t Theme) Warning() string { return t.Yellow("!") }

// Ellipsis stands for what is cut off or still going on: "…", or "...".
func (t Theme) Ellipsis() string { return t.symbol("…", "...") }

// Plain is a symbol without its colour, for a text that is painted as a whole:
// Plain("✓") is "✓" or "ok".
func (t Theme) Plain(symbol string) string {
	switch symbol {
	case "✓":
		return t.symbol(symbol, "ok")
	case "✗":
		return t.symbol(symbol, "x")
	default:
		return symbol
	}
}

func (t Theme) symbol(unicode, ascii string) string {
	if t.unicode {
		return unicode
	}
	return ascii
}

// paint sets the decision on the colour object itself. Left alone, the library
// decides once for the whole process by looking at standard output.
func (t Theme) paint(attribute color.Attribute, s string) string {
	if !t.color || s == "" {
		return s
	}
	c := color.New(attribute)
	c.EnableColor()
	return c.Sprint(s)
}
