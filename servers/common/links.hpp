#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "protocol/transport/descriptor.hpp"

namespace common {

/// A folder that path arguments may reach, open since the start.
struct Root {
  std::filesystem::path name{};  ///< As given, absolute.
  std::filesystem::path real{};  ///< Where it lies, without links.
  transport::Descriptor folder{};
  bool is_guarded{};  ///< What is hidden lies in it, or it in that.
};

/// Where a path leads.
struct Target {
  const Root* root{};  ///< Null: it leads out of every root.
  std::string rest{};  ///< Beneath `root->real`, without links as far as it exists; "." is itself.
  int error{};         ///< errno of what was in the way: ELOOP, EACCES, ENOTDIR.
};

/// Follows the links in `path` (absolute, normalised) by reading those beneath the roots alone:
/// what lies outside is neither opened nor looked at, so that nobody learns whether it is there. A
/// link may lead from one root into another; past other folders it is followed by their names. What
/// does not exist counts as it is named. What lies in `hidden` (without links; empty: nothing) is
/// in no root. The roots outlive the answer.
Target follow_links(std::span<const Root> roots, const std::filesystem::path& path,
                    const std::filesystem::path& hidden);

}  // namespace common
