"""What a page of a PDF may carry beside what it shows: actions, attachments, notes of programs to themselves."""

PAGE_EXTRAS = (
    "/AA",
    "/AF",
    "/B",
    "/Dur",
    "/LastModified",
    "/Metadata",
    "/PieceInfo",
    "/PresSteps",
    "/StructParents",
    "/Tabs",
    "/Thumb",
    "/Trans",
)
"""The keys of a page that a copy does without."""
