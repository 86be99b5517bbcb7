mod request;

use request::{Method, Request, RequestBuilder};

fn main() {
    let request = Request::builder("http://localhost")
        .method(Method::Post)
        .header("a", "b")
        .timeout(30)
        .build()
        .expect("valid");
    let same = prepare(RequestBuilder::new("x")).build();
    send(&request);
    if let Ok(other) = same {
        send(&other);
        other.retry();
    }
}

fn prepare(builder: RequestBuilder) -> RequestBuilder {
    builder.timeout(Request::DEFAULT_TIMEOUT).header("c", "d")
}

fn send(request: &Request) {
    println!("{}", request.describe());
}
