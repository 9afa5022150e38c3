"""The commands of ``foretype``; each module has ``add_arguments`` and ``run`` and is imported when it is called."""
