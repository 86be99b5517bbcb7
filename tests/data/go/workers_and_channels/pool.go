package jobs

import (
	"context"
	"sync"
	"time"
)

type Job interface {
	Do(ctx context.Context) (Result, error)
}

type JobFunc func(ctx context.Context) (Result, error)

func (f JobFunc) Do(ctx context.Context) (Result, error) { return f(ctx) }

type Result struct{ Value int }

func (r Result) OK() bool { return r.Value > 0 }

type Pool struct {
	jobs    chan Job
	results chan Result
	wg      sync.WaitGroup
	once    sync.Once
	onDone  func(Result)
}

func NewPool(size int) *Pool {
	p := &Pool{jobs: make(chan Job, size), results: make(chan Result)}
	for i := 0; i < size; i++ {
		p.wg.Add(1)
		go p.work(context.Background())
	}
	go func() {
		p.wg.Wait()
		p.close()
	}()
	return p
}

func (p *Pool) work(ctx context.Context) {
	defer p.wg.Done()
	for job := range p.jobs {
		result, err := job.Do(ctx)
		if err != nil {
			continue
		}
		p.results <- result
	}
}

func (p *Pool) close() {
	p.once.Do(func() { close(p.results) })
}

func (p *Pool) Submit(job Job) { p.jobs <- job }

func (p *Pool) Drain(timeout time.Duration) int {
	count := 0
	for {
		select {
		case r, ok := <-p.results:
			if !ok {
				return count
			}
			if r.OK() {
				p.onDone(r)
			}
		case <-time.After(timeout):
			p.close()
			return count
		}
	}
}
