// Command wxcloud declares, checks and deploys the cloud-call permissions of
// WeChat Mini Program cloud functions.
package main

import (
	"os"

	"wxcloud/cmd"
)

func main() { os.Exit(cmd.Main()) }
