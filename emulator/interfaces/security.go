package interfaces

import (
	"bytes"
	"strings"
)

// RiskyText is the content WeChat's documents give for trying out a refusal of
// security.msgSecCheck. A picture that holds it (exiftool -Comment=...) is taken
// for a risky picture: no document gives one.
const RiskyText = "特3456书yuuo莞6543李zxcz蒜7782法fgnv级"

// checkVersion is for the interfaces whose version 2 asks for a scene.
func checkVersion(c *call) *refusal {
	if c.API != "security.msgSecCheck" {
		if kind := c.args.text("media_type"); kind != "1" && kind != "2" {
			return refusing(c.info, 40004, "media_type is not 1 or 2")
		}
	}
	if scene := c.args.text("scene"); c.args.has("scene") && (len(scene) != 1 || scene < "1" || scene > "4") {
		r := refusing(c.info, 40129, "scene is not 1, 2, 3 or 4")
		if c.API != "security.msgSecCheck" {
			r.source = Synthetic // the code is documented for texts only
		}
		return r
	}
	return nil
}

type judgement struct {
	Suggest string `json:"suggest"`
	Label   int    `json:"label"`
}

type detail struct {
	Strategy string `json:"strategy"`
	ErrCode  int    `json:"errcode"`
	judgement
	Prob int `json:"prob"`
}

// The labels of a text that is in order and of one that is not.
const (
	labelNormal   = 100
	labelPolitics = 20001
)

// checkText answers both versions of the interface: the first with a code, the
// second with a judgement.
func checkText(c *call) (any, *refusal) {
	risky := false
	for _, field := range [...]string{"content", "title", "nickname", "signature"} {
		risky = risky || strings.Contains(c.args.text(field), RiskyText)
	}
	if c.args.text("version") != "2" {
		if risky {
			return nil, refusing(c.info, 87014, "the content holds the documented test text")
		}
		return success{}, nil
	}
	j := judgement{"pass", labelNormal}
	if risky {
		j = judgement{"risky", labelPolitics}
	}
	return struct {
		success
		Result judgement `json:"result"`
		Detail []detail  `json:"detail"`
		Trace  string    `json:"trace_id"`
	}{Result: j, Detail: []detail{{Strategy: "content_model", judgement: j, Prob: 90}}, Trace: c.trace()}, nil
}

// checkImage wants a file: the interface is older than the documentation the
// catalog's fields come from.
func checkImage(c *call) *refusal {
	if f, ok := c.args.file("media"); !ok || len(f.data) == 0 {
		r := refusing(c.info, 41005, "media is no file: { contentType, value: Buffer }")
		r.source = Synthetic // the code is general, not the interface's
		return r
	}
	return nil
}

func checkPicture(c *call) (any, *refusal) {
	if f, _ := c.args.file("media"); bytes.Contains(f.data, []byte(RiskyText)) {
		return nil, refusing(c.info, 87014, "the picture holds the documented test text")
	}
	return success{}, nil
}

// checkLater answers the asynchronous check. Its result would come by message push.
func checkLater(c *call) (any, *refusal) {
	return struct {
		success
		Trace string `json:"trace_id"`
	}{Trace: c.trace()}, nil
}
