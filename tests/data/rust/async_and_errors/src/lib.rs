use std::fmt;
pub mod net;
use net::Client;
#[derive(Debug)]
pub enum Failure {
    Io(std::io::Error),
    Other(String),
}
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Io(error) => write!(f, "{error}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}
impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Io(error)
    }
}
pub async fn load(url: &str) -> Result<net::Page, Failure> {
    let client = Client::connect(url).await?;
    let page = client.fetch(url).await.map_err(|_| Failure::Other("x".into()))?;
    page.title();
    Ok(page)
}
pub fn check(r: Result<net::Page, Failure>) {
    if let Ok(page) = &r {
        page.title();
    }
    let page = r.unwrap_or_else(|_| net::Page::empty());
    page.title();
}
