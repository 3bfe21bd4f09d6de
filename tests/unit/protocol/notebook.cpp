#include "tests/unit/protocol/notebook.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <stdexcept>

#include "protocol/mcp/tables.hpp"

namespace notebook {
namespace {

using mcp::fields::Field;
using mcp::fields::Kind;
using mcp::fields::Type;

constexpr std::array<Field, 2> kAddFields{Field{.name = "text",
                                                .type = &mcp::fields::kString,
                                                .offset = offsetof(AddArgs, text),
                                                .required = true,
                                                .min_length = 1},
                                          Field{.name = "times",
                                                .type = &mcp::fields::kInt,
                                                .offset = offsetof(AddArgs, times),
                                                .optional = &mcp::fields::optional_of<std::int64_t>,
                                                .minimum = 1,
                                                .maximum = 9}};
constexpr std::array<Field, 1> kNotesFields{
    Field{.name = "notes",
          .type = &mcp::fields::list_of<std::string, &mcp::fields::kString>,
          .offset = offsetof(NotesResult, notes),
          .required = true}};
constexpr Type kNoArgs{.name = "NoArgs", .kind = Kind::Object};
constexpr Type kAddArgs{.name = "AddArgs", .kind = Kind::Object, .fields = kAddFields};
constexpr Type kNotes{.name = "Notes", .kind = Kind::Object, .fields = kNotesFields};

NotesResult add(Context& context, const AddArgs& args, mcp::Call& call) {
  context.notebook.mark_thread();
  for (std::int64_t i = 0; i < args.times.value_or(1); ++i) context.notebook.add(args.text);
  call.set_change_id("ch1");
  return {.notes = {call.actor()}};
}

NotesResult list(Context& context, const NoArgs&, mcp::Call&) {
  context.notebook.mark_thread();
  return {.notes = context.notebook.notes()};
}

NotesResult wait(Context& context, const NoArgs&, mcp::Call& call) {
  context.notebook.gate.hold(call);
  if (call.cancelled()) context.notebook.add("stopped");
  return {.notes = {"waited"}};
}

NotesResult wait_then_add(Context& context, const AddArgs& args, mcp::Call& call) {
  wait(context, {}, call);
  context.notebook.add(args.text);
  return {.notes = context.notebook.notes()};
}

NotesResult count(Context& context, const NoArgs&, mcp::Call& call) {
  double done = 0;
  context.notebook.gate.hold(call, [&] {
    call.progress(++done, 1e6, "counting");
    call.progress(done - 1, 1e6, "backwards");
  });
  return {.notes = {"counted"}};
}

NotesResult complain(Context&, const NoArgs&, mcp::Call&) {
  throw mcp::ToolError("/text: \"soon\" is no date; say \"tomorrow\"");
}

NotesResult crash(Context&, const NoArgs&, mcp::Call&) {
  throw std::runtime_error("secret detail");
}

template <class Args, NotesResult (*Handler)(Context&, const Args&, mcp::Call&)>
constexpr mcp::Tool tool(std::string_view name, const Type& args, bool read_only,
                         bool listed = true) {
  return {.name = name,
          .description = "For tests.",
          .input_schema = R"({"type":"object"})",
          .output_schema = R"({"type":"object","required":["notes"]})",
          .annotations = read_only ? R"({"readOnlyHint":true})" : R"({"destructiveHint":false})",
          .read_only = read_only,
          .listed = listed,
          .args = &args,
          .result = &kNotes,
          .run = mcp::run_handler<Context, Args, NotesResult, Handler>};
}

constexpr std::array kTools{tool<AddArgs, add>("add", kAddArgs, false),
                            tool<NoArgs, list>("list", kNoArgs, true),
                            tool<NoArgs, wait>("wait", kNoArgs, true),
                            tool<AddArgs, wait_then_add>("wait_then_add", kAddArgs, false),
                            tool<NoArgs, count>("count", kNoArgs, true),
                            tool<NoArgs, complain>("complain", kNoArgs, true),
                            tool<NoArgs, crash>("crash", kNoArgs, true),
                            tool<NoArgs, list>("hidden", kNoArgs, true, false)};

}  // namespace

void Gate::open() {
  const std::lock_guard lock(mutex_);
  open_ = true;
  changed_.notify_all();
}

void Gate::await_held(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return held_ >= count; });
}

void Gate::hold(const mcp::Call& call, const std::function<void()>& tick) {
  std::unique_lock lock(mutex_);
  ++held_;
  changed_.notify_all();
  while (!open_ && !call.cancelled()) {
    changed_.wait_for(lock, std::chrono::milliseconds(1));
    if (!tick) continue;
    lock.unlock();
    tick();
    lock.lock();
  }
  --held_;
}

void Notebook::add(const std::string& note) {
  const std::lock_guard lock(mutex_);
  notes_.push_back(note);
}

std::vector<std::string> Notebook::notes() {
  const std::lock_guard lock(mutex_);
  return notes_;
}

void Notebook::mark_thread() {
  const std::lock_guard lock(mutex_);
  threads_.insert(std::this_thread::get_id());
}

std::size_t Notebook::threads_seen() {
  const std::lock_guard lock(mutex_);
  return threads_.size();
}

std::span<const mcp::Tool> tools() {
  return kTools;
}

}  // namespace notebook
