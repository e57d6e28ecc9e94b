package cmd

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/lint"
	"wxcloud/lint/report"
)

// lintOutput is one form of the report and where it goes; file is "" for stdout.
type lintOutput struct {
	format, file string
	formatter    report.Formatter
	drop         bool // something else was printed in its stead
}

// lintOutputs reads the --format flags, "sarif" or "sarif=lint.sarif". --json is
// --format json. What goes into files comes in addition to what is read: without
// a form for stdout, that is the text.
func (a *app) lintOutputs(flags []string) ([]lintOutput, error) {
	if a.flags.json && !slices.Contains(flags, "json") {
		flags = append(slices.Clone(flags), "json")
	}
	var outputs []lintOutput
	for _, flag := range flags {
		name, file, toFile := strings.Cut(flag, "=")
		o := lintOutput{format: name}
		if toFile {
			if file == "" {
				return nil, clierr.New("cmd/format-file", clierr.Usage, clierr.Args{"format": name})
			}
			o.file = a.absolute(file)
		}
		clash := slices.IndexFunc(outputs, func(p lintOutput) bool { return p.file == o.file })
		if clash >= 0 && o.file == "" {
			return nil, clierr.New("cmd/formats-on-stdout", clierr.Usage, clierr.Args{"first": outputs[clash].format, "second": name})
		} else if clash >= 0 {
			return nil, clierr.New("cmd/formats-in-file", clierr.Usage, clierr.Args{"first": outputs[clash].format, "second": name, "file": file})
		}
		outputs = append(outputs, o)
	}
	if !slices.ContainsFunc(outputs, func(o lintOutput) bool { return o.file == "" }) {
		outputs = append(outputs, lintOutput{format: "text"})
	}
	for i := range outputs {
		o := &outputs[i]
		options := report.Options{Lang: lint.Lang(a.lang), Version: currentVersion()}
		if o.file == "" {
			options.Paint, options.Width = painter{a.io.OutTheme()}, a.io.OutWidth()
			a.flags.json = o.format == "json" // then a failure is told as JSON too
		}
		formatter, ok := report.New(o.format, options)
		if !ok {
			return nil, clierr.New("cmd/unknown-format", clierr.Usage, clierr.Args{"format": o.format, "known": strings.Join(report.Names(), ", ")})
		}
		o.formatter = formatter
	}
	return outputs, nil
}

// writeReport writes the report in every form that was asked for. The files come
// first, so that a consumer of stdout that has seen its end can read them.
func (a *app) writeReport(r lint.Report, outputs []lintOutput) error {
	for _, o := range outputs {
		if o.file == "" {
			continue
		}
		var b bytes.Buffer
		if err := o.formatter.Format(&b, r); err != nil {
			return err
		}
		if err := atomicfile.Write(o.file, b.Bytes(), 0o644); err != nil {
			return unwritable(o.file, err)
		}
	}
	for _, o := range outputs {
		if o.file == "" && !o.drop {
			a.told = o.format == "json"
			return o.formatter.Format(a.io.Out, r)
		}
	}
	return nil
}

// unwritable says why a file could not be written, without the name of the
// temporary file beside it.
func unwritable(path string, cause error) error {
	if e, ok := errors.AsType[*fs.PathError](cause); ok {
		cause = e.Err
	}
	return clierr.New("cmd/unwritable", clierr.Local, nil).In(clierr.Position{File: path}).Because(cause)
}

// painter colours a report.
type painter struct{ theme ui.Theme }

// Paint implements report.Painter.
func (p painter) Paint(role report.Role, s string) string {
	switch role {
	case report.RoleError:
		return p.theme.Red(s)
	case report.RoleWarning:
		return p.theme.Yellow(s)
	case report.RoleNotice, report.RoleHelp:
		return p.theme.Cyan(s)
	case report.RolePlace:
		return p.theme.Bold(s)
	case report.RoleDim:
		return p.theme.Dim(s)
	case report.RoleGood:
		return p.theme.Green(s)
	default:
		return s
	}
}
