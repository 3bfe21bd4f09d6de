#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "servers/files/prints.hpp"

namespace files {

/// One step of a change, as the journal keeps it: enough to do it, to take it back, and to see
/// whether somebody else has been there since.
struct Step {
  enum class Kind : std::uint8_t {
    Write,        ///< `path` gets other contents, or is made.
    MakeFolders,  ///< `target` and what leads from it to `path`.
    Move,         ///< `path` becomes `target`.
    Copy,         ///< `target` is made like `path`.
    Trash,        ///< `path` goes into the trash.
  };
  Kind kind{Kind::Write};
  std::string id{};  ///< 16 hexadecimal digits, of this step alone.
  std::filesystem::path path{};
  std::filesystem::path target{};
  Print before{};           ///< What `path` was.
  Print after{};            ///< Write: what it becomes.
  std::int64_t stamp_ns{};  ///< When the folders and what is written were modified by this step,
                            ///< exactly: that nobody else did since shows by it.
  /// When the folders that hold `path` and `target` were modified before; those that stay as they
  /// are have none.
  std::optional<std::int64_t> path_folder_ns{};
  std::optional<std::int64_t> target_folder_ns{};

  /// What is no longer the same once the step is done.
  std::vector<std::filesystem::path> touched() const;
};

std::string to_string(const Step& step);
Step step_from(std::string_view text);

/// True if one of the paths is or lies in one of the others, or the other way round.
bool overlap(const Step& one, const Step& other);

std::string new_id();

}  // namespace files
