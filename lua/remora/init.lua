--- The wiring: which part hears what from which. No part fetches another part by itself.
---
---     command -> edit -> requests -> host -> Python
---                 host -> requests -> stream            while an answer is written
---                         requests -> review -> diff    when it is done
---                 host -> proposal -> the buffer        when it is approved
local M = {}

local host = require("remora.host")
local notice = require("remora.notice")
local requests = require("remora.requests")

local wired, preloaded = false, false

local function emit(pattern, data)
  vim.api.nvim_exec_autocmds("User", { pattern = pattern, data = data })
end

--- Parts that are needed late are loaded when they are: the first call must not hold up the editor.
local function late(name, part)
  return function(...)
    return require(name)[part](...)
  end
end

local function show_state()
  local open = requests.list()
  local text = ""
  if #open > 0 then
    local view = open[#open].view
    text = "remora: " .. require("remora.ui.stream").status(view) .. (#open > 1 and (" (%d)"):format(#open) or "")
  elseif package.loaded["remora.review"] and #require("remora.review").list() > 0 then
    local decided, total = 0, 0
    for _, review in ipairs(require("remora.review").list()) do
      local d, t = M.review().counts(review)
      decided, total = decided + d, total + t
    end
    text = ("remora: review %d/%d"):format(decided, total)
  end
  local indexing = package.loaded["remora.index"] and require("remora.index").status() or ""
  if text == "" and indexing ~= "" then
    text = "remora: " .. indexing
  end
  local summarizing = package.loaded["remora.summarizing"] and require("remora.summarizing").status() or ""
  if text == "" and summarizing ~= "" then
    text = "remora: " .. summarizing
  end
  require("remora.statusline").set(text)
end

--- The review module, wired.
function M.review()
  local review = require("remora.review")
  if not review.send then
    review.send, review.on_change = host.request, show_state
    review.actions = require("remora.decide").actions
  end
  return review
end

--- The text objects, wired. Selecting code is a sign that a request may follow, so the model is loaded meanwhile.
function M.textobject()
  M.wire()
  local textobject = require("remora.textobject")
  textobject.ask, textobject.warn = host.request, notice.warn
  if vim.fn.mode():find("[vV\22]") then
    M.preload()
  end
  return textobject
end

--- Have the model loaded in the background; once, and never with a message: a request tells what is wrong.
function M.preload()
  local options = require("remora.config").get()
  if not preloaded and options.preload and host.python() then
    preloaded = true
    local params = { root = options.root, engine = options.engine, model = options.model }
    params.path = vim.api.nvim_buf_get_name(0)
    host.request("preload", params)
  end
end

local function proposed(request, proposal)
  local function show(whole)
    local made_at = { buf = request.buf, changedtick = request.changedtick }
    if request.shown and whole.state ~= "rejected" then
      M.review().open(whole, made_at)
      show_state()
    end
    emit("RemoraProposalReady", {
      proposal = whole.id,
      node = whole.node,
      buf = request.shown and request.buf or nil,
      request = request.id,
    })
  end
  if type(proposal) == "table" then
    return show(proposal)
  end
  host.request(
    "get",
    { proposal = proposal, root = request.params.root, path = request.params.path },
    function(err, whole)
      if err then
        notice.error(err.message)
      else
        show(whole)
      end
    end
  )
end

--- The index module, wired.
function M.index()
  local index = require("remora.index")
  index.on_change = show_state
  return index
end

--- The requests that have lines made, wired.
function M.summarizing()
  local summarizing = require("remora.summarizing")
  summarizing.on_change = show_state
  return summarizing
end

--- Events of an index are not about a buffer, those of lines not about an edit; all others are.
local function on_event(event)
  local is_taken = M.index().take(event)
  if not is_taken and package.loaded["remora.summarizing"] then
    is_taken = M.summarizing().take(event)
  end
  if not is_taken then
    requests.on_event(event)
  end
end

local function abandon()
  preloaded = false
  requests.abandon()
  M.index().abandon()
  if package.loaded["remora.summarizing"] then
    M.summarizing().abandon()
  end
  require("remora.overlay").forget()
end

--- Connect the parts, once, at the first use.
function M.wire()
  if wired then
    return
  end
  wired = true
  require("remora.ui.groups").define()
  host.on = {
    event = on_event,
    request = {
      buffers = late("remora.proposal", "buffers"),
      apply = late("remora.proposal", "apply"),
      checktime = late("remora.proposal", "checktime"),
    },
    lost = function(message, was_waiting)
      -- A server that left because nobody needed it is no news.
      local is_news = was_waiting or #requests.list() > 0 or M.index().is_asked()
      abandon()
      if is_news then
        notice.error(message)
      end
    end,
    exit = function(err, code)
      abandon()
      notice.error(err.message)
      emit("RemoraHostExit", { code = code, message = err.message })
    end,
    missing = late("remora.ui.setup", "offer"),
  }
  requests.send = host.request
  requests.on_done = proposed
  requests.on_change = show_state
  requests.on_no_model = late("remora.ui.consent", "ask")
  require("remora.overlay").follow()
  vim.api.nvim_create_autocmd("ModeChanged", {
    group = vim.api.nvim_create_augroup("remora.preload", {}),
    pattern = "*:[vV\22]*",
    callback = function()
      if #vim.api.nvim_get_runtime_file(("queries/%s/remora.scm"):format(vim.bo.filetype), false) > 0 then
        M.preload()
      end
    end,
  })
end

--- Merge options into `vim.g.remora`. Calling it is optional, and does nothing else.
---@param opts? table see |remora-options|
function M.setup(opts)
  require("remora.config").merge(opts)
end

return M
