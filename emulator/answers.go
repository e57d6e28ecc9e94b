package emulator

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"strings"

	"wxcloud/emulator/signature"
)

// wechatJSON is the content type WeChat's answers carry inside the protobuf.
const wechatJSON = "application/json; encoding=utf-8"

// riskyText is the content WeChat's documents give for trying out a refusal of
// security.msgSecCheck.
const riskyText = "特3456书yuuo莞6543李zxcz蒜7782法fgnv级"

// respond is what an interface answers once it may be called. Those without an
// answer of their own say "ok", which is marked synthetic.
func respond(api string, pairs []pair) (answer commAnswer, synthetic bool) {
	switch api {
	case "subscribeMessage.send", "customerServiceMessage.send", "templateMessage.send":
		return jsonAnswer(wechatAnswer{ErrMsg: "ok"}), false
	case "security.msgSecCheck":
		return checkText(pairs), false
	case "wxacode.get", "wxacode.getUnlimited", "wxacode.createQRCode":
		return commAnswer{data: codeImage(pairs), contentType: "image/png"}, false
	default:
		return jsonAnswer(wechatAnswer{ErrMsg: "ok"}), true
	}
}

func jsonAnswer(v any) commAnswer {
	data, _ := json.Marshal(v) //nolint:errchkjson // the answers above always encode
	return commAnswer{data: data, contentType: wechatJSON}
}

func textOf(pairs []pair, key string) string {
	for _, p := range pairs {
		if p.Key == key {
			return string(p.Value)
		}
	}
	return ""
}

// checkText answers both versions of the interface: the first with a code, the
// second with a judgement.
func checkText(pairs []pair) commAnswer {
	risky := strings.Contains(textOf(pairs, "content"), riskyText)
	if textOf(pairs, "version") != "2" {
		if risky {
			return jsonAnswer(wechatAnswer{ErrCode: 87014, ErrMsg: "risky content"})
		}
		return jsonAnswer(wechatAnswer{ErrMsg: "ok"})
	}
	suggest, label := "pass", 100
	if risky {
		suggest, label = "risky", 20001
	}
	type judgement struct {
		Strategy string `json:"strategy,omitempty"`
		ErrCode  int    `json:"errcode"`
		Suggest  string `json:"suggest"`
		Label    int    `json:"label"`
		Prob     int    `json:"prob,omitempty"`
	}
	return jsonAnswer(struct {
		wechatAnswer
		TraceID string `json:"trace_id"`
		Result  struct {
			Suggest string `json:"suggest"`
			Label   int    `json:"label"`
		} `json:"result"`
		Detail []judgement `json:"detail"`
	}{
		wechatAnswer{ErrMsg: "ok"},
		randomHex(4) + "-" + randomHex(4) + "-" + randomHex(4),
		struct {
			Suggest string `json:"suggest"`
			Label   int    `json:"label"`
		}{suggest, label},
		[]judgement{{Strategy: "content_model", Suggest: suggest, Label: label, Prob: 90}},
	})
}

// codeImage is a picture that looks like a code and says by its pattern which
// arguments it was made from. It cannot be scanned.
func codeImage(pairs []pair) []byte {
	const cells, size = 16, 8
	var arguments []byte
	for _, p := range pairs {
		arguments = append(arguments, p.Key...)
		arguments = append(arguments, p.Value...)
	}
	pattern := signature.Hash(arguments)
	palette := color.Palette{color.White, color.RGBA{R: 7, G: 193, B: 96, A: 255}}
	img := image.NewPaletted(image.Rect(0, 0, cells*size, cells*size), palette)
	for y := range cells * size {
		for x := range cells * size {
			cell := y/size*cells + x/size
			if pattern[cell%len(pattern)]>>(cell/len(pattern))&1 == 1 {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	_ = png.Encode(&b, img) // writing to memory does not fail
	return b.Bytes()
}
