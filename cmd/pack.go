package cmd

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
	"wxcloud/upload/pack"
)

type packOptions struct {
	list, hash   bool
	output       string
	localNpm     bool
	allowSecrets []string
}

func (a *app) newPack() *cobra.Command {
	var o packOptions
	c := a.command("pack [FUNCTION...]", text.PackShort, text.PackLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.NotFound, clierr.Local)
	c.Example = "  wxcloud pack notify --list\n  wxcloud pack --hash\n  wxcloud pack notify -o notify.zip"
	f := c.Flags()
	f.BoolVarP(&o.list, "list", "l", false, a.t(text.FlagPackList))
	f.BoolVar(&o.hash, "hash", false, a.t(text.FlagPackHash))
	f.StringVarP(&o.output, "output", "o", "", a.t(text.FlagPackOutput))
	f.BoolVar(&o.localNpm, "local-npm", false, a.t(text.FlagLocalNpm))
	f.StringSliceVar(&o.allowSecrets, "allow-secret", nil, a.t(text.FlagAllowSecret))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(_ *cobra.Command, names []string) error { return a.pack(names, o) }
	return c
}

// packed is one function with its package.
type packed struct {
	function config.Function
	pack     *pack.Package
	// Of the archive, which is released; zero with --hash.
	zip, base64 int64
	sha256      string // hex
}

func (a *app) pack(names []string, o packOptions) error {
	if o.hash && (o.list || o.output != "") {
		return clierr.New("cmd/pack-hash", clierr.Usage, nil)
	}
	p, err := a.project()
	if err != nil {
		return err
	}
	if err := p.Settings.Wrong(); err != nil {
		return err
	}
	functions, err := a.packTargets(p, names)
	if err != nil {
		return err
	}
	env, _, err := a.namedEnvironment(p) // where none is named, its overrides say nothing
	if err != nil {
		return err
	}
	if o.output != "" && len(functions) != 1 {
		return clierr.New("cmd/pack-one", clierr.Usage, clierr.Args{"count": strconv.Itoa(len(functions))}).Hint(a.hintNameFunction(functions[0].Name))
	}
	if o.output == "-" && a.flags.json {
		return clierr.New("cmd/pack-two-outputs", clierr.Usage, nil)
	}
	if o.output == "-" && a.io.OutTerminal() {
		return clierr.New("cmd/pack-terminal", clierr.Usage, nil)
	}
	var done []packed
	for _, f := range functions {
		one, err := a.packFunction(f, p.Settings.Function(f.Name, env.Name).Ignore, o)
		if err != nil {
			return err
		}
		done = append(done, one)
	}
	switch {
	case a.flags.json:
		return a.printJSON(packDocument(done, o))
	case o.hash:
		for _, one := range done {
			a.printf("%s  %s\n", one.pack.Digest, one.function.Name)
		}
		return nil
	}
	return a.printPacked(done, o)
}

// packTargets are the named functions, else the one whose folder the user
// stands in, else all: nothing is changed by packing too many.
func (a *app) packTargets(p *config.Project, names []string) ([]config.Function, error) {
	if len(names) == 0 {
		if f, ok := standingIn(p, a.dir); ok {
			return []config.Function{f}, nil
		}
	}
	return a.chooseFunctions(p, names, len(names) == 0)
}

func (a *app) packFunction(f config.Function, ignore []string, o packOptions) (packed, error) {
	one := packed{function: f}
	var err error
	// As deploy does: the cloud installs what package.json asks for.
	install := !o.localNpm && len(f.Package.Dependencies) > 0
	if one.pack, err = pack.Scan(f, pack.Options{
		RemoteInstall: install, AllowSecrets: o.allowSecrets, Ignore: ignore, Copies: copiesInto([]config.Function{f})[f.Name],
	}); err != nil || o.hash {
		return one, err
	}
	if err := one.pack.Compress(); err != nil {
		return one, err
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, one.pack.Archive().Reader()); err != nil {
		return one, err
	}
	one.zip, one.base64, one.sha256 = one.pack.Size(), one.pack.Base64Size(), hex.EncodeToString(sum.Sum(nil))
	if o.output != "" {
		err = a.writeArchive(one.pack.Archive(), o.output)
	}
	one.pack.Release()
	return one, err
}

// writeArchive writes the zip to a file, or to stdout for "-". A file that is
// there already is replaced only by somebody who says so.
func (a *app) writeArchive(from *pack.Archive, output string) error {
	if output == "-" {
		_, err := io.Copy(a.io.Out, from.Reader())
		return err
	}
	file := a.absolute(output)
	data, err := io.ReadAll(from.Reader())
	if err != nil {
		return err
	}
	err = atomicfile.Create(file, data, 0o644)
	if errors.Is(err, fs.ErrExist) {
		replace := a.flags.yes
		if !replace && a.mayAsk() {
			if replace, err = a.confirm(a.t(text.AskReplaceFile, "file", filepath.ToSlash(output)), false); err != nil {
				return err
			}
		}
		if !replace {
			return clierr.New("cmd/file-exists", clierr.Local, clierr.Args{"file": filepath.ToSlash(output)}).Hint("cmd/hint-yes", nil)
		}
		err = atomicfile.Write(file, data, 0o644)
	}
	if err != nil {
		if e, ok := errors.AsType[*fs.PathError](err); ok {
			err = e.Err
		}
		return clierr.New("cmd/cannot-write", clierr.Local, clierr.Args{"file": filepath.ToSlash(output)}).Because(err)
	}
	return nil
}
