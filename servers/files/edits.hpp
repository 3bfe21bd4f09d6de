#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/files/rows.hpp"

namespace files {

/// A text that is edited with \n at the end of its lines, and written with the ends that each line
/// had.
class EditedText final {
 public:
  explicit EditedText(std::string_view text);

  /// With \n alone. A \r without \n is like any other character.
  const std::string& plain() const { return plain_; }
  std::string whole() const;

  struct Replacement {
    std::size_t at{};         ///< In plain().
    std::size_t length{};     ///< Of what goes.
    std::string_view with{};  ///< In any line ends: lines that are replaced one by one keep theirs,
                              ///< more of them get those of the lines around.
  };
  void replace(const Replacement& replacement);

 private:
  std::string plain_{};
  std::vector<bool> with_return_{};  ///< For each \n of plain_, whether it is \r\n.
};

/// \r\n as \n.
std::string with_plain_ends(std::string_view text);

/// Does the edits one after the other, as the reference filesystem server does: the old text as it
/// is; else, where it stands so but for the blanks around each line, those lines, the first one's
/// indentation kept and that of the others made relative to it. Unlike there, a place must be the
/// only one. Throws mcp::ToolError that names the edit and the lines.
void apply_edits(EditedText& text, const std::vector<Edit>& edits);

}  // namespace files
