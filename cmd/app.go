package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
	"wxcloud/internal/sanitize"
	"wxcloud/internal/ui"
	"wxcloud/upload"
	"wxcloud/wxapi"
)

// app is one run of the program: its streams, language, and global flags.
type app struct {
	io     *ui.Streams
	getenv func(string) string
	dir    string
	prompt prompt.Prompter
	lang   text.Lang
	first  string // the first argument
	ran    *cobra.Command
	flags  globals
	// exit is the status of a run that ended without an error: findings and
	// changes that are still pending are results, not failures.
	exit clierr.Exit
	// told is set once JSON went to stdout, so that a failure does not add a
	// second document.
	told bool
	// live is the status line on the terminal, if there is one now: what is said
	// meanwhile has to be written above it.
	live *ui.Live
	// pace, if set, is told when the platform says that requests come too fast.
	pace *upload.Pace
	// key is the upload key in use, if one is, and ahead how many requests with it
	// are certain to come once the code plane is opened.
	key   *wxapi.UploadKey
	ahead int
}

// globals are the flags every command has.
type globals struct {
	lang, env, root, appID, ip string
	json, local, yes           bool
}

func newApp(p Process) *app {
	a := &app{io: p.Streams, getenv: p.Getenv, dir: p.Dir, prompt: p.Prompt, lang: chooseLanguage(p.Args, p.Getenv)}
	if len(p.Args) > 0 {
		a.first = p.Args[0]
	}
	if a.prompt == nil {
		a.prompt = a.terminalPrompt()
	}
	return a
}

// chooseLanguage runs before cobra, because the help pages it builds are
// already in one language. A wrong --lang is reported when flags are parsed.
func chooseLanguage(args []string, getenv func(string) string) text.Lang {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		value, ok := strings.CutPrefix(arg, "--lang=")
		if !ok && arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if lang, known := text.Parse(value); ok && known {
			return lang
		}
	}
	if lang, ok := text.Parse(ui.SystemLanguage(getenv)); ok {
		return lang
	}
	return text.English
}

// t is a sentence in the user's language.
func (a *app) t(s text.Sentence, pairs ...string) string { return s.In(a.lang, pairs...) }

// printf writes to stdout: the result.
func (a *app) printf(format string, args ...any) { _, _ = fmt.Fprintf(a.io.Out, format, args...) }

// print writes a sentence to stdout as one line of the result.
func (a *app) print(s text.Sentence, pairs ...string) { a.printf("%s\n", a.t(s, pairs...)) }

// say writes a sentence to stderr: talk.
func (a *app) say(s text.Sentence, pairs ...string) { a.line(a.t(s, pairs...)) }

// line writes a line to stderr, above the status line.
func (a *app) line(text string) {
	if a.live != nil {
		a.live.Print(text)
		return
	}
	_, _ = fmt.Fprintln(a.io.Err, text)
}

// warn writes a warning to stderr.
func (a *app) warn(s text.Sentence, pairs ...string) {
	theme := a.io.ErrTheme()
	a.line(theme.Yellow(a.t(text.WarningWord)) + a.t(s, pairs...))
}

// next names the command to run after this one, on stderr.
func (a *app) next(command string) {
	theme := a.io.ErrTheme()
	_, _ = fmt.Fprintf(a.io.Err, "%s%s\n", a.t(text.NextWord), theme.Cyan(command))
}

// printJSON writes the one JSON document of a run to stdout.
func (a *app) printJSON(v any) error {
	var document bytes.Buffer
	encoder := json.NewEncoder(&document)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return err
	}
	a.told = true
	_, err := a.io.Out.Write(sanitize.JSON(document.Bytes()))
	return err
}

// relative is a path as the user would write it from the working directory,
// with forward slashes in every message on every platform.
func (a *app) relative(path string) string {
	if rel, err := filepath.Rel(a.dir, path); err == nil && !strings.HasPrefix(rel, ".."+string(filepath.Separator)+"..") {
		path = rel
	}
	return filepath.ToSlash(path)
}

// absolute resolves a path the user typed against the working directory.
func (a *app) absolute(path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(a.dir, path)
}
