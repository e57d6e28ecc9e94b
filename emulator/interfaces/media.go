package interfaces

// checkMedia knows the documented kinds of temporary media.
func checkMedia(c *call) *refusal {
	switch c.args.text("type") {
	case "image", "voice", "video", "thumb":
	default:
		return refusing(c.info, 40004, "type is not image, voice, video or thumb")
	}
	if f, ok := c.args.file("media"); !ok || len(f.data) == 0 {
		r := refusing(c.info, 41005, "media is empty")
		r.source = Synthetic // the code is general, not the interface's
		return r
	}
	return nil
}

func uploadMedia(c *call) (any, *refusal) {
	return struct {
		success
		Type    string `json:"type"`
		ID      string `json:"media_id"`
		Created int64  `json:"created_at"`
	}{Type: c.args.text("type"), ID: c.made("media", 64), Created: c.Now.Unix()}, nil
}
