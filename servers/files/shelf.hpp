#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "protocol/transport/descriptor.hpp"

namespace files {

/// Where the server keeps what changes took away, in its own folder: `kept/<id>/` holds the images
/// by which one step is undone and redone, for as long as the journal knows it; `trash/<id>/` a
/// file or folder that was deleted, under its own name, and `trash/<id>.trashinfo` where it lay (as
/// the freedesktop.org trash specification words it). The trash is the user's: nothing is ever
/// removed from it but by taking a deletion back.
class Shelf final {
 public:
  /// `<data>/files`; made when first needed.
  explicit Shelf(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The step's folder, made where it is missing. Throws mcp::ToolError, saying what is in the way.
  transport::Descriptor kept(const std::string& id) const;
  transport::Descriptor trash(const std::string& id) const;
  /// Where kept(id) lies, for people.
  std::filesystem::path kept_path(const std::string& id) const { return folder_ / "kept" / id; }

  /// Writes down, durably, where what is about to go into trash(id) lay, and when it was deleted
  /// ("2026-03-16T09:00:00", local time).
  void note_origin(const std::string& id, const std::filesystem::path& origin,
                   std::string_view deleted) const;
  /// It has been put back, or never came there; while it is there, nothing is dropped.
  void drop_from_trash(const std::string& id) const;

  void drop_kept(const std::string& id) const;
  std::int64_t kept_bytes(const std::string& id) const;

 private:
  transport::Descriptor made(const std::filesystem::path& folder) const;

  std::filesystem::path folder_;
};

}  // namespace files
