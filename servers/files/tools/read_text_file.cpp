#include "schemas/files/read_text_file.hpp"

#include "servers/files/context.hpp"
#include "servers/files/text.hpp"

namespace files {
namespace {

std::optional<std::string> part(const transport::Descriptor& file, const ReadTextFileArgs& args) {
  if (args.tail > 0) return last_lines(file, *args.tail);
  const std::optional<std::int64_t> count = args.head > 0 ? args.head : std::nullopt;
  if (args.start_line || count) return lines(file, args.start_line.value_or(1), count);
  return whole(file);
}

}  // namespace

Content read_text_file(Context& context, const ReadTextFileArgs& args, mcp::Call&) {
  if (args.head > 0 && args.tail > 0) {
    throw mcp::ToolError("Cannot specify both head and tail parameters simultaneously");
  }
  if (args.start_line && args.tail > 0) {
    throw mcp::ToolError("Cannot specify both start_line and tail parameters simultaneously");
  }
  const Found found = context.paths.open_file(args.path, args.tail > 0 ? "stat" : "open");
  std::optional<std::string> text = part(found.file, args);
  if (!text) {
    throw mcp::ToolError(
        "Too long for one answer, which holds " + std::to_string(kTextBytes) +
        " bytes: " + found.path.string() +
        ". Read it in parts: head gives the first lines, tail the last, start_line "
        "with head any others.");
  }
  return {.content = *std::move(text)};
}

}  // namespace files
