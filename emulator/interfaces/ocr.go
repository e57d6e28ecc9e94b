package interfaces

// checkImageGiven wants the picture one way or the other; documentation calls
// neither required. The codes are those it has for a bad URL and a bad picture.
func checkImageGiven(c *call) *refusal {
	f, given := c.args.file("img")
	switch {
	case given && len(f.data) == 0 && documents(c.info, 101002):
		return refusing(c.info, 101002, "img is empty")
	case given && len(f.data) == 0:
		return refusing(c.info, 101000, "img is empty")
	case !given && c.args.text("img_url") == "":
		return refusing(c.info, 101000, "neither img nor img_url is given")
	}
	return nil
}

type point struct {
	X int `json:"x"`
	Y int `json:"y"`
}

type corners struct {
	LeftTop     point `json:"left_top"`
	RightTop    point `json:"right_top"`
	RightBottom point `json:"right_bottom"`
	LeftBottom  point `json:"left_bottom"`
}

func box(x, y, w, h int) corners {
	return corners{point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h}}
}

type textItem struct {
	Text string  `json:"text"`
	Pos  corners `json:"pos"`
}

type size struct {
	W int `json:"w"`
	H int `json:"h"`
}

// readText finds the same two lines in every picture: nothing here can read.
func readText(*call) (any, *refusal) {
	return struct {
		success
		Items []textItem `json:"items"`
		Size  size       `json:"img_size"`
	}{
		Items: []textItem{{"本地模拟云", box(40, 40, 200, 32)}, {"local cloud", box(40, 96, 176, 32)}},
		Size:  size{640, 480},
	}, nil
}

// readIDCard answers with a person whose number nobody can have: its last digit
// does not fit the others.
func readIDCard(*call) (any, *refusal) {
	return struct {
		success
		Type        string `json:"type"`
		Name        string `json:"name"`
		ID          string `json:"id"`
		Addr        string `json:"addr"`
		Gender      string `json:"gender"`
		Nationality string `json:"nationality"`
		ValidDate   string `json:"valid_date"`
	}{Type: "Front", Name: "张三", ID: "110101199001010000", Addr: "北京市东城区示例路1号", Gender: "男", Nationality: "汉"}, nil
}

func readBankCard(*call) (any, *refusal) {
	return struct {
		success
		Number string `json:"number"`
	}{Number: "6200000000000000000"}, nil
}
