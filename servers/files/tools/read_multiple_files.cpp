#include "schemas/files/read_multiple_files.hpp"

#include "servers/files/context.hpp"
#include "servers/files/text.hpp"

namespace files {
namespace {

/// "path:\ntext\n", or "path: Error - why".
std::string shown(const std::string& path, const Opening& opening, std::size_t room) {
  if (const auto* refusal = std::get_if<Refusal>(&opening)) {
    return path + ": Error - " + refusal->words;
  }
  const std::optional<std::string> text = whole(std::get<Found>(opening).file);
  if (!text) {
    return path + ": Error - Too long for one answer, which holds " + std::to_string(kTextBytes) +
           " bytes; read_text_file reads it in parts";
  }
  if (text->size() <= room) return path + ":\n" + *text + "\n";
  return path + ": Error - No room left in this answer, which holds " + std::to_string(kTextBytes) +
         " bytes; read it in another call";
}

}  // namespace

Content read_multiple_files(Context& context, const ReadMultipleFilesArgs& args, mcp::Call&) {
  Content result;
  std::size_t room = kTextBytes;
  for (const std::string& path : args.paths) {
    if (!result.content.empty()) result.content += "\n---\n";
    const std::string one = shown(path, context.paths.try_file(path, "open"), room);
    room -= std::min(room, one.size());
    result.content += one;
  }
  return result;
}

}  // namespace files
