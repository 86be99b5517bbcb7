--- Highlight groups. They are links with `default`, so that a colour scheme or the user's own setting wins.
local M = {}

---@type table<string, string>
M.links = {
  RemoraAdd = "DiffAdd",
  RemoraDelete = "DiffDelete",
  RemoraAccepted = "DiagnosticOk",
  RemoraDismissed = "Comment",
  RemoraDecided = "Comment",
  RemoraLabel = "NonText",
  RemoraPreview = "Comment",
  RemoraStatus = "DiagnosticInfo",
  RemoraWinbar = "WinBar",
  RemoraWinbarKey = "Special",
  RemoraKey = "Comment",
  RemoraKind = "Type",
  RemoraSignature = "Function",
  RemoraSummary = "NormalFloat",
  RemoraHeading = "Title",
  RemoraName = "Identifier",
  RemoraPlace = "Directory",
  RemoraMark = "DiagnosticHint",
  RemoraLine = "Comment",
  RemoraLineRule = "NonText",
  RemoraLineModel = "DiagnosticInfo",
  RemoraLineUnsure = "DiagnosticWarn",
  RemoraLineStale = "NonText",
}

local function set()
  for name, link in pairs(M.links) do
    vim.api.nvim_set_hl(0, name, { default = true, link = link })
  end
end

--- Set the groups now and after each change of the colour scheme.
function M.define()
  set()
  vim.api.nvim_create_autocmd("ColorScheme", {
    group = vim.api.nvim_create_augroup("remora.groups", {}),
    callback = set,
  })
end

return M
