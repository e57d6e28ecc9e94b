package interfaces

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The widths a code can have, in pixels.
const (
	smallestCode = 280
	usualCode    = 430
	largestCode  = 1280
)

// checkPath is for the two interfaces whose codes are counted.
func checkPath(c *call) *refusal {
	path := c.args.text("path")
	switch {
	case path == "" || utf8.RuneCountInString(path) > 1024:
		return refusing(c.info, 40159, "path has no or more than 1024 characters")
	case strings.Contains(path, "scancode_time"):
		return refusing(c.info, 85096, "path holds scancode_time, which is WeChat's own")
	}
	return c.checkRelease()
}

// checkScene is for the interface whose codes are not counted.
func checkScene(c *call) *refusal {
	scene, page := c.args.text("scene"), c.args.text("page")
	switch {
	case utf8.RuneCountInString(scene) > 32:
		return refusing(c.info, 40169, "scene has more than 32 characters")
	case strings.Trim(scene, sceneCharacters) != "" || strings.ContainsFunc(scene, func(r rune) bool { return !strings.ContainsRune(sceneCharacters, r) }):
		return refusing(c.info, 40129, "scene has characters other than digits, letters and !#$&'()*+,/:;=?@-._~")
	case strings.HasPrefix(page, "/") || strings.Contains(page, "?"):
		return refusing(c.info, 41030, "page begins with / or has parameters")
	case strings.Contains(page, "scancode_time"):
		return refusing(c.info, 85096, "page holds scancode_time, which is WeChat's own")
	}
	return c.checkRelease()
}

const sceneCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$&'()*+,/:;=?@-._~"

func (c *call) checkRelease() *refusal {
	if c.info.Name != "wxacode.createQRCode" && c.args.has("env_version") && !isRelease(c.args.text("env_version")) {
		return refusing(c.info, 40097, "env_version is not release, trial or develop")
	}
	return nil
}

func isRelease(version string) bool {
	return version == "release" || version == "trial" || version == "develop"
}

func countedCode(c *call) (any, *refusal) {
	if !c.memory.takeCode() {
		return nil, refusing(c.info, 45029, fmt.Sprintf("%d codes have been made", maxCodes))
	}
	return unlimitedCode(c)
}

// unlimitedCode makes a picture of the size and colours asked for, whose pattern
// tells the arguments apart. It looks like a code and cannot be scanned.
func unlimitedCode(c *call) (any, *refusal) {
	c.image = codeImage(c.args)
	return nil, nil //nolint:nilnil // the picture is the answer
}

func codeImage(a arguments) []byte {
	width := usualCode
	if n, err := strconv.Atoi(a.text("width")); err == nil {
		width = min(max(n, smallestCode), largestCode)
	}
	back := color.RGBA{255, 255, 255, 255}
	if clear, _ := a.at("is_hyaline").(bool); clear {
		back = color.RGBA{}
	}
	const cells, margin = 29, 2
	pattern := patternOf(a)
	img := image.NewPaletted(image.Rect(0, 0, width, width), color.Palette{back, lineColor(a)})
	for y := range width {
		row := y*(cells+2*margin)/width - margin
		for x := range width {
			column := x*(cells+2*margin)/width - margin
			if row >= 0 && row < cells && column >= 0 && column < cells {
				cell := row*cells + column
				img.Pix[y*img.Stride+x] = pattern[cell%len(pattern)] >> (cell / len(pattern) % 8) & 1
			}
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // writing to memory does not fail
	return b.Bytes()
}

// patternOf is the digest of all arguments, whatever their order.
func patternOf(a arguments) [sha256.Size]byte {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(a)) {
		value, _ := json.Marshal(a[name]) //nolint:errchkjson // it came from JSON
		_, _ = fmt.Fprintf(h, "%s=%s\n", name, value)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func lineColor(a arguments) color.RGBA {
	part := func(name string) uint8 {
		n, err := strconv.ParseUint(a.text("line_color", name), 10, 8)
		if err != nil {
			return 0
		}
		return uint8(n)
	}
	return color.RGBA{part("r"), part("g"), part("b"), 255}
}
