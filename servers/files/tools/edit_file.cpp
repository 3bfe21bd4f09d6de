#include "schemas/files/edit_file.hpp"

#include <sys/stat.h>
#include <algorithm>

#include "servers/files/context.hpp"
#include "servers/files/edits.hpp"
#include "servers/files/encoding.hpp"
#include "servers/files/text.hpp"
#include "servers/files/unified_diff.hpp"

namespace files {
namespace {

constexpr std::size_t kEditedBytes = std::size_t{64} * 1024 * 1024;

/// In a fence that nothing in it closes; what is too long for one answer is left out, and counted.
std::string fenced(std::string diff) {
  if (diff.size() > kTextBytes) {
    const std::size_t end = diff.rfind('\n', kTextBytes) + 1;
    const auto more = std::count(diff.begin() + static_cast<std::ptrdiff_t>(end), diff.end(), '\n');
    diff.resize(end);
    diff += "... and " + std::to_string(more) + " more lines, too many for one answer\n";
  }
  std::string fence = "```";
  while (diff.find(fence) != std::string::npos) fence += '`';
  return fence + "diff\n" + diff + fence + "\n\n";
}

Print print_of_open(const Found& found) {
  struct stat what {};
  ::fstat(found.file.get(), &what);
  return print_of(what);
}

}  // namespace

Content edit_file(Context& context, const EditFileArgs& args, mcp::Call& call) {
  const Found found = context.paths.open_file(args.path, "open");
  const Print before = print_of_open(found);
  std::string bytes = common::read_all(found.file, kEditedBytes);
  if (bytes.size() > kEditedBytes) {
    throw mcp::ToolError("Nothing was changed: " + found.path.string() + " is longer than the " +
                         std::to_string(kEditedBytes) + " bytes that can be edited as text");
  }
  const Decoded decoded = decode(std::move(bytes), found.path);
  EditedText text(decoded.text);
  const std::string plain = text.plain();
  apply_edits(text, args.edits);
  if (!args.dryRun && text.plain() != plain) {
    context.changes.rewrite(
        {.path = found.path, .before = before, .content = encode(text.whole(), decoded.encoding)},
        call);
  }
  return {.content = fenced(unified_diff(found.path.native(), plain, text.plain()))};
}

}  // namespace files
