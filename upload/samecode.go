package upload

import (
	"context"
	"io"
	"os"

	"wxcloud/wxapi"
)

// downloader is a code plane that can fetch a function's code. All of wxapi can.
type downloader interface {
	Download(ctx context.Context, from wxapi.Address, w io.Writer) error
}

// sameContents fetches the code the cloud has and compares it file by file. It is
// asked only where the archives differ and nothing on record explains it: another
// program, such as WeChat DevTools, makes another zip of the same folder. What
// cannot be fetched is not the same.
func (p *planner) sameContents(ctx context.Context) (bool, error) {
	cloud := p.Cloud
	if c, ok := cloud.(paced); ok {
		cloud = c.cloud
	}
	from, ok := cloud.(downloader)
	if !ok {
		return false, nil
	}
	address, err := p.Cloud.Address(ctx, p.fn.Name)
	if err != nil || address.URL == "" {
		return false, context.Cause(ctx)
	}
	held, err := os.CreateTemp("", "wxcloud-code-*.zip")
	if err != nil {
		return false, err
	}
	defer func() {
		_ = held.Close()
		_ = os.Remove(held.Name())
	}()
	limited := &bounded{file: held, left: maxCode}
	if err := p.Pace.do(ctx, func() error { return from.Download(ctx, address, limited) }); err != nil {
		return false, context.Cause(ctx)
	}
	return p.plan.Package.SameAs(held, maxCode-limited.left), nil
}

// maxCode is the largest code that is fetched to be compared: what the platform
// takes at most.
const maxCode = 500 << 20

// bounded writes to a file no more than it may hold.
type bounded struct {
	file *os.File
	left int64
}

func (b *bounded) Write(data []byte) (int, error) {
	if int64(len(data)) > b.left {
		return 0, io.ErrShortWrite
	}
	n, err := b.file.Write(data)
	b.left -= int64(n)
	return n, err
}
