package devtools

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
)

// stage is a project made for one upload: the function as it was packed, so that
// whatever was kept out of the package, such as secrets, is not there to be sent.
type stage struct {
	dir      string // to be removed
	function string // the function's folder, named as the function
}

// The names in a staged project.
const (
	functionsFolder = "cloudfunctions"
	configFile      = "config.json"
)

// newStage unpacks a function. The error is devtools/stage, or
// devtools/list-differs when the package's config.json declares another list.
func newStage(d Deployment) (*stage, error) {
	dir, err := os.MkdirTemp("", "wxcloud-devtools-")
	if err != nil {
		return nil, cannotStage(d, err)
	}
	s := &stage{dir: dir, function: filepath.Join(dir, functionsFolder, d.Function)}
	if err := s.fill(d); err != nil {
		s.remove()
		return nil, err
	}
	return s, nil
}

func cannotStage(d Deployment, err error) error {
	return clierr.New("devtools/stage", clierr.Local, clierr.Args{"function": d.Function}).Because(err)
}

func (s *stage) remove() { _ = os.RemoveAll(s.dir) } // in the system's folder for such things

func (s *stage) fill(d Deployment) error {
	project, err := json.MarshalIndent(map[string]string{
		"appid": d.AppID, "cloudfunctionRoot": functionsFolder + "/", "miniprogramRoot": "miniprogram/", "projectname": "wxcloud",
	}, "", "  ")
	if err != nil {
		return cannotStage(d, err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, "project.config.json"), project, 0o600); err != nil {
		return cannotStage(d, err)
	}
	if err := os.MkdirAll(s.function, 0o700); err != nil {
		return cannotStage(d, err)
	}
	if err := s.unpack(d.Package); err != nil {
		return cannotStage(d, err)
	}
	return s.declare(d)
}

// unpack writes the files of the package. Links become what they point to: what
// DevTools makes of a link is not known.
func (s *stage) unpack(archive Archive) error {
	held, err := os.CreateTemp(s.dir, "package-*.zip")
	if err != nil {
		return err
	}
	defer func() {
		_ = held.Close()
		_ = os.Remove(held.Name())
	}()
	size, err := io.Copy(held, archive.Reader())
	if err != nil {
		return err
	}
	zipped, err := zip.NewReader(held, size)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(s.function)
	if err != nil {
		return err
	}
	defer root.Close()
	var links []*zip.File
	for _, f := range zipped.File {
		if f.Mode()&fs.ModeSymlink != 0 {
			links = append(links, f)
			continue
		}
		if err := unpackFile(root, f); err != nil {
			return err
		}
	}
	for _, f := range links {
		if err := copyLinked(root, f, zipped); err != nil {
			return err
		}
	}
	return nil
}

func unpackFile(root *os.Root, f *zip.File) error {
	if strings.HasSuffix(f.Name, "/") {
		return root.MkdirAll(f.Name, 0o700)
	}
	if err := root.MkdirAll(path.Dir(f.Name), 0o700); err != nil {
		return err
	}
	mode := fs.FileMode(0o600) | f.Mode().Perm()&0o111
	to, err := root.OpenFile(f.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	from, err := f.Open()
	if err != nil {
		return errors.Join(err, to.Close())
	}
	_, err = io.Copy(to, from) //nolint:gosec // a package made by this program, within the limits of an upload
	return errors.Join(err, from.Close(), to.Close())
}

// copyLinked puts what a link points to, a file or all files of a folder, in its
// place. A package holds no link that leads out of it.
func copyLinked(root *os.Root, link *zip.File, zipped *zip.Reader) error {
	text, err := link.Open()
	if err != nil {
		return err
	}
	target, err := io.ReadAll(io.LimitReader(text, 4096))
	if err = errors.Join(err, text.Close()); err != nil {
		return err
	}
	to := path.Join(path.Dir(link.Name), string(target))
	for _, f := range zipped.File {
		rest, below := strings.CutPrefix(f.Name, to+"/")
		if f.Mode()&fs.ModeSymlink != 0 || !below && f.Name != to {
			continue
		}
		copied := *f
		copied.Name = link.Name
		if below {
			copied.Name = path.Join(link.Name, rest) //nolint:gosec // written through root, which lets nothing out
		}
		if err := unpackFile(root, &copied); err != nil {
			return err
		}
	}
	return nil
}

// declare makes sure that what DevTools applies is the list that was meant.
func (s *stage) declare(d Deployment) error {
	name := filepath.Join(s.function, configFile)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		data, err = json.Marshal(map[string]any{"permissions": map[string]any{"openapi": append([]string{}, d.Openapi...)}})
		if err == nil {
			err = os.WriteFile(name, data, 0o600)
		}
		if err != nil {
			return cannotStage(d, err)
		}
		return nil
	}
	if err != nil {
		return cannotStage(d, err)
	}
	var config struct {
		Permissions struct {
			Openapi []string `json:"openapi"`
		} `json:"permissions"`
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(data), "\ufeff")), &config); err != nil {
		return cannotStage(d, err)
	}
	if !same(config.Permissions.Openapi, d.Openapi) {
		return clierr.New("devtools/list-differs", clierr.Local, clierr.Args{
			"function": d.Function, "declared": listed(config.Permissions.Openapi), "meant": listed(d.Openapi),
		})
	}
	return nil
}

func same(a, b []string) bool {
	sorted := func(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }
	return slices.Equal(sorted(a), sorted(b))
}

func listed(names []string) string {
	if len(names) == 0 {
		return "-"
	}
	return strings.Join(names, ", ")
}
