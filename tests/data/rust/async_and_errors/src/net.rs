pub struct Client;
pub struct Page;
impl Client {
    pub async fn connect(_url: &str) -> Result<Self, std::io::Error> {
        Ok(Client)
    }
    pub async fn fetch(&self, _url: &str) -> Result<Page, std::io::Error> {
        Ok(Page::empty())
    }
}
impl Page {
    pub fn empty() -> Page {
        Page
    }
    pub fn title(&self) {}
}
