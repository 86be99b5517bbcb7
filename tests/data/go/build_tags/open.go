package tags

// Open opens.
func Open(p string) (*File, error) {
	f, err := openFile(p)
	if err != nil {
		return nil, err
	}
	f.init()
	return f, nil
}

type File struct {
	fd   int
	info *info
}

func (f *File) init() { f.info = stat(f.fd) }

type info struct{ size int64 }

func (i *info) Size() int64 { return i.size }

func (f *File) Size() int64 { return f.info.Size() }
