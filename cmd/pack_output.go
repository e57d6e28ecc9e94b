package cmd

import (
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/ui"
	"wxcloud/upload/pack"
)

// packedFunction is one function in the JSON document of pack. What needs the
// archive is absent with --hash, the lists are without --list.
type packedFunction struct {
	Function string          `json:"function"`
	Digest   string          `json:"digest"`
	Count    int             `json:"files"`
	Size     int64           `json:"size"`
	Zip      int64           `json:"zip,omitempty"`
	SHA256   string          `json:"sha256,omitempty"`
	Base64   int64           `json:"base64,omitempty"`
	Limit    int64           `json:"limit,omitempty"`
	Largest  []packedPart    `json:"largest,omitempty"`
	Packed   []packedFile    `json:"packed,omitempty"`
	Ignored  []packedIgnored `json:"ignored,omitempty"`
}

type packedPart struct {
	Path string `json:"path"`
	Zip  int64  `json:"zip"`
}

type packedFile struct {
	Path       string `json:"path"`
	Size       int64  `json:"size"`
	Zip        int64  `json:"zip"`
	Executable bool   `json:"executable,omitempty"`
	Link       string `json:"link,omitempty"`
}

type packedIgnored struct {
	Path    string `json:"path"`
	Pattern string `json:"pattern"`
	List    string `json:"list,omitempty"`
	Line    int    `json:"line,omitempty"`
}

type packedDocument struct {
	Schema    string           `json:"schema"`
	Output    string           `json:"output,omitempty"`
	Functions []packedFunction `json:"functions"`
}

func packDocument(done []packed, o packOptions) packedDocument {
	document := packedDocument{Schema: "wxcloud.pack/1", Output: o.output, Functions: []packedFunction{}}
	for _, one := range done {
		f := packedFunction{
			Function: one.function.Name, Digest: one.pack.Digest, Count: len(one.pack.Files), Size: unpackedSize(one.pack), SHA256: one.sha256,
		}
		if !o.hash {
			f.Zip, f.Base64, f.Limit = one.zip, one.base64, pack.MaxBase64
			for _, part := range one.pack.Largest() {
				f.Largest = append(f.Largest, packedPart{part.Path, part.Packed})
			}
		}
		if o.list {
			for _, e := range one.pack.Files {
				f.Packed = append(f.Packed, packedFile{e.Path, e.Size, e.Packed, e.Link == "" && e.Mode&0o111 != 0, e.Link})
			}
			for _, i := range one.pack.Ignored {
				f.Ignored = append(f.Ignored, packedIgnored(i))
			}
		}
		document.Functions = append(document.Functions, f)
	}
	return document
}

func unpackedSize(p *pack.Package) (total int64) {
	for _, f := range p.Files {
		total += f.Size
	}
	return total
}

// printPacked shows the sizes; when the archive goes to stdout, they go to
// stderr.
func (a *app) printPacked(done []packed, o packOptions) error {
	out, width, theme := a.io.Out, a.io.OutWidth(), a.io.OutTheme()
	if o.output == "-" {
		out, width, theme = a.io.Err, a.io.ErrWidth(), a.io.ErrTheme()
	}
	if o.list {
		for _, one := range done {
			if err := a.packList(one.pack, theme).Write(out, width); err != nil {
				return err
			}
		}
	}
	table := ui.NewTable(theme, a.t(text.HeadFunction), a.t(text.HeadFiles), a.t(text.HeadUnpacked), a.t(text.HeadZip), a.t(text.HeadOfLimit), a.t(text.HeadLargest))
	for _, one := range done {
		var largest []string
		for _, part := range one.pack.Largest() {
			largest = append(largest, part.Path+" "+bytesText(part.Packed))
		}
		table.Row(one.function.Name, strconv.Itoa(len(one.pack.Files)), bytesText(unpackedSize(one.pack)), bytesText(one.zip),
			strconv.FormatFloat(100*float64(one.base64)/pack.MaxBase64, 'f', 1, 64)+"%", strings.Join(largest, ", "))
	}
	if err := table.Write(out, width); err != nil {
		return err
	}
	if o.output != "" && o.output != "-" {
		a.say(text.PackWrote, "file", o.output, "sha256", done[0].sha256)
	}
	return nil
}

// packList names every file, and what was left out with the reason.
func (a *app) packList(p *pack.Package, theme ui.Theme) *ui.Table {
	table := ui.NewTable(theme, a.t(text.HeadSize), a.t(text.HeadZip), a.t(text.HeadFile))
	for _, f := range p.Files {
		name := f.Path
		switch {
		case f.Link != "":
			name += " -> " + f.Link
		case f.Mode&0o111 != 0:
			name += " *"
		}
		table.Row(bytesText(f.Size), bytesText(f.Packed), name)
	}
	for _, i := range p.Ignored {
		why := a.t(text.LeftOutByDefault, "pattern", i.Pattern)
		if i.List != "" {
			place := i.List
			if i.Line > 0 {
				place += ":" + strconv.Itoa(i.Line)
			}
			why = a.t(text.LeftOutByList, "pattern", i.Pattern, "list", place)
		}
		table.Cells(ui.Cell{Text: "-"}, ui.Cell{Text: "-"}, ui.Cell{Text: i.Path + "  " + why, Style: theme.Dim})
	}
	return table
}

// bytesText is a size as people read it.
func bytesText(n int64) string {
	switch {
	case n < 1<<10:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MB"
}
