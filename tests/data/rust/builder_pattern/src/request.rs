#[derive(Clone, Copy)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    const ALL: [Method; 2] = [Method::Get, Method::Post];
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
        }
    }
}

pub struct Request {
    url: String,
    method: Method,
    headers: Vec<(String, String)>,
    timeout: Option<u32>,
}

impl Request {
    pub const DEFAULT_TIMEOUT: u32 = 10;
    pub fn builder(url: &str) -> RequestBuilder {
        RequestBuilder::new(url)
    }
    pub fn describe(&self) -> String {
        format!("{} {}", self.method.name(), self.url)
    }
    pub fn retry(self) -> Self {
        Self { timeout: None, ..self }
    }
}

pub struct RequestBuilder {
    inner: Request,
}

impl RequestBuilder {
    pub fn new(url: &str) -> Self {
        RequestBuilder {
            inner: Request { url: url.into(), method: Method::Get, headers: vec![], timeout: None },
        }
    }
    pub fn method(mut self, method: Method) -> Self {
        self.inner.method = method;
        self
    }
    pub fn header(mut self, key: &str, value: &str) -> Self {
        self.inner.headers.push((key.to_string(), value.to_string()));
        self
    }
    pub fn timeout(mut self, seconds: u32) -> Self {
        self.inner.timeout.replace(seconds);
        self
    }
    pub fn build(self) -> Result<Request, String> {
        if self.inner.url.is_empty() || !Method::ALL.iter().any(|m| m.name() == self.inner.method.name()) {
            return Err("bad".to_string());
        }
        Ok(self.inner)
    }
}
